package vigie;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.spans.SpanMultiTermQueryWrapper;
import org.apache.lucene.search.spans.SpanNearQuery;
import org.apache.lucene.search.spans.SpanOrQuery;
import org.apache.lucene.search.spans.SpanQuery;
import org.apache.lucene.search.spans.SpanTermQuery;

/**
 * Reads a query: {@code t:word}, {@code p:beginning}, {@code f:field:value}, {@code ( ph a b )}, {@code ( and … )},
 * {@code ( or … )}, {@code ( not … )} inside an {@code and}, and {@code ( near 5 ( or … ) ( or … ) )} with words,
 * beginnings and phrases. Everything stands between spaces.
 */
final class Expression {
  private final String[] words;
  private int at;

  private Expression(String text) {
    words = text.split(" ");
  }

  static Query read(String text) {
    return new Expression(text).query();
  }

  private Query query() {
    String word = words[at++];
    if (!word.equals("(")) return leaf(word);
    switch (words[at++]) {
      case "ph": {
        PhraseQuery.Builder phrase = new PhraseQuery.Builder();
        while (!ends()) phrase.add(new Term(Against.TEXT, words[at++]));
        return phrase.build();
      }
      case "near": {
        int between = Integer.parseInt(words[at++]);
        SpanQuery one = side();
        SpanQuery other = side();
        ends();
        return new SpanNearQuery(new SpanQuery[] {one, other}, between, false);
      }
      case "or":
        return group(Occur.SHOULD);
      default:
        return group(Occur.MUST);
    }
  }

  private Query group(Occur occur) {
    BooleanQuery.Builder group = new BooleanQuery.Builder();
    while (!ends()) {
      boolean not = words[at].equals("(") && words[at + 1].equals("not");
      if (not) at += 2;
      group.add(query(), not ? Occur.MUST_NOT : occur);
      if (not) ends();
    }
    return group.build();
  }

  private SpanQuery side() {
    at += 2;
    List<SpanQuery> spans = new ArrayList<>();
    while (!ends()) {
      if (words[at].equals("(")) {
        at += 2;
        SpanNearQuery.Builder phrase = SpanNearQuery.newOrderedNearQuery(Against.TEXT);
        while (!ends()) phrase.addClause(new SpanTermQuery(new Term(Against.TEXT, words[at++])));
        spans.add(phrase.build());
      } else {
        Query leaf = leaf(words[at++]);
        spans.add(
            leaf instanceof MultiTermQuery
                ? new SpanMultiTermQueryWrapper<>((MultiTermQuery) leaf)
                : new SpanTermQuery(((TermQuery) leaf).getTerm()));
      }
    }
    return spans.size() == 1 ? spans.get(0) : new SpanOrQuery(spans.toArray(new SpanQuery[0]));
  }

  /** Steps over a closing bracket when one stands here. */
  private boolean ends() {
    if (!words[at].equals(")")) return false;
    at++;
    return true;
  }

  private static Query leaf(String word) {
    String rest = word.substring(2);
    switch (word.charAt(0)) {
      case 't':
        return new TermQuery(new Term(Against.TEXT, rest));
      case 'p':
        return new PrefixQuery(new Term(Against.TEXT, rest));
      default:
        int colon = rest.indexOf(':');
        return new TermQuery(new Term(rest.substring(0, colon), rest.substring(colon + 1)));
    }
  }
}
