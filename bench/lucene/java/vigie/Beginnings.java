package vigie;

import java.io.IOException;
import java.util.NavigableMap;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.monitor.CustomQueryHandler;
import org.apache.lucene.monitor.QueryTree;
import org.apache.lucene.monitor.TermWeightor;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;

/**
 * Lets the presearcher look up {@code grev*} by its beginning: queries are indexed under it, marked, and each post also
 * gives the marked beginnings of its words, in the lengths that queries use. Without it, such a query is tried on every
 * post.
 */
final class Beginnings implements CustomQueryHandler {
  private static final char MARK = '\u0001';
  private static final int LONGEST = 63;

  private final NavigableMap<String, Integer> frequencies;
  private long lengths;

  Beginnings(NavigableMap<String, Integer> frequencies) {
    this.frequencies = frequencies;
  }

  @Override
  public QueryTree handleQuery(Query query, TermWeightor weightor) {
    if (!(query instanceof PrefixQuery)) return null;
    Term prefix = ((PrefixQuery) query).getPrefix();
    String letters = prefix.text();
    lengths |= 1L << Math.min(LONGEST, letters.length());
    long posts = 0;
    for (int each : frequencies.subMap(letters, letters + Character.MAX_VALUE).values()) posts += each;
    return QueryTree.term(new Term(prefix.field(), letters + MARK), 1.0 / (1 + posts));
  }

  @Override
  public TokenStream wrapTermStream(String field, TokenStream words) {
    return field.equals(Against.TEXT) ? new Beginning(words) : words;
  }

  /** Each word, then its beginnings. */
  private final class Beginning extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private char[] word = new char[64];
    private int size, length = 1;

    Beginning(TokenStream words) {
      super(words);
    }

    @Override
    public boolean incrementToken() throws IOException {
      while (length <= size) {
        int now = length++;
        if ((lengths >>> Math.min(LONGEST, now) & 1) != 0) {
          clearAttributes();
          term.copyBuffer(word, 0, now);
          term.append(MARK);
          return true;
        }
      }
      if (!input.incrementToken()) return false;
      size = term.length();
      if (size > word.length) word = new char[2 * size];
      System.arraycopy(term.buffer(), 0, word, 0, size);
      length = 1;
      return true;
    }
  }
}
