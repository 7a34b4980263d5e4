package vigie;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.MultiMatchingQueries;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.monitor.TermFilteredPresearcher;
import org.apache.lucene.monitor.TermWeightor;

/**
 * Lucene Monitor, doing as it is told line by line, so that rounds can alternate with another matcher's.
 *
 * <p>Arguments: the table of characters, the posts, the queries. Says {@code ready SECONDS} once the queries are
 * registered. Then {@code round BATCH COUNT} matches the first COUNT posts and says the thread's CPU seconds and the
 * number of matches; {@code answers BATCH COUNT PATH} writes who matched; {@code words INDEX} says how a post was cut;
 * {@code memory} says the peak in MB. Only the matching thread is counted, not the compiler's or the collector's.
 */
public final class Against {
  static final String TEXT = "text";
  private static final List<String> FIELDS = List.of("lang", "network", "author");
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<Document> posts = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final Analyzer words;
  private final Monitor monitor;

  private Against(Path table, Path postsPath, Path queriesPath) throws IOException {
    words = Words.analyzer(new Words.Table(table));
    Map<String, Map<String, Integer>> fields = new HashMap<>();
    readPosts(postsPath, fields);
    TreeMap<String, Integer> frequencies = frequencies();
    TermWeightor weightor =
        term -> {
          Map<String, Integer> known = term.field().equals(TEXT) ? frequencies : fields.get(term.field());
          return 1.0 / (1 + known.getOrDefault(term.text(), 0));
        };
    Map<String, Analyzer> whole = new HashMap<>();
    for (String field : FIELDS) whole.put(field, new KeywordAnalyzer());
    monitor =
        new Monitor(
            new PerFieldAnalyzerWrapper(words, whole),
            new TermFilteredPresearcher(
                weightor, List.of(new Beginnings(frequencies)), Collections.emptySet()));
    List<MonitorQuery> queries = new ArrayList<>();
    for (String line : Files.readAllLines(queriesPath, StandardCharsets.UTF_8)) {
      int tab = line.indexOf('\t');
      queries.add(new MonitorQuery(line.substring(0, tab), Expression.read(line.substring(tab + 1))));
    }
    long begun = THREADS.getCurrentThreadCpuTime();
    monitor.register(queries);
    say("ready %.3f", (THREADS.getCurrentThreadCpuTime() - begun) / 1e9);
  }

  private void readPosts(Path path, Map<String, Map<String, Integer>> fields) throws IOException {
    FieldType searched = new FieldType(TextField.TYPE_NOT_STORED);
    searched.setOmitNorms(true);
    for (String field : FIELDS) fields.put(field, new HashMap<>());
    for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
      String[] parts = line.split("\t", 4);
      Document post = new Document();
      for (int at = 0; at < FIELDS.size(); at++) {
        post.add(new StringField(FIELDS.get(at), parts[at], Field.Store.NO));
        fields.get(FIELDS.get(at)).merge(parts[at], 1, Integer::sum);
      }
      post.add(new Field(TEXT, parts[3], searched));
      posts.add(post);
      texts.add(parts[3]);
    }
  }

  /** In how many of the posts each word stands: better than any house would know beforehand. */
  private TreeMap<String, Integer> frequencies() throws IOException {
    Map<String, Integer> found = new HashMap<>();
    for (String text : texts) {
      Set<String> once = new HashSet<>();
      for (String word : cut(text)) once.add(word.substring(word.indexOf(' ') + 1));
      for (String word : once) found.merge(word, 1, Integer::sum);
    }
    return new TreeMap<>(found);
  }

  private List<String> cut(String text) throws IOException {
    List<String> found = new ArrayList<>();
    try (TokenStream stream = words.tokenStream(TEXT, text)) {
      CharTermAttribute term = stream.getAttribute(CharTermAttribute.class);
      PositionIncrementAttribute increment = stream.getAttribute(PositionIncrementAttribute.class);
      stream.reset();
      for (int place = -1; stream.incrementToken(); ) {
        place += increment.getPositionIncrement();
        found.add(place + " " + term);
      }
      stream.end();
    }
    return found;
  }

  /** Matches posts in batches; writes who matched where a writer is given. */
  private long match(int batch, int count, PrintWriter answers) throws IOException {
    long matches = 0;
    for (int at = 0; at < count; at += batch) {
      Document[] some = posts.subList(at, Math.min(count, at + batch)).toArray(new Document[0]);
      MultiMatchingQueries<QueryMatch> found = monitor.match(some, QueryMatch.SIMPLE_MATCHER);
      if (!found.getErrors().isEmpty()) throw new IllegalStateException(found.getErrors().toString());
      for (int post = 0; post < some.length; post++) {
        matches += found.getMatchCount(post);
        if (answers == null) continue;
        TreeSet<String> ids = new TreeSet<>();
        for (QueryMatch one : found.getMatches(post)) ids.add(one.getQueryId());
        if (!ids.isEmpty()) answers.println((at + post) + "\t" + String.join(" ", ids));
      }
    }
    return matches;
  }

  private void obey(String[] order) throws IOException {
    switch (order[0]) {
      case "round": {
        long begun = THREADS.getCurrentThreadCpuTime();
        long matches = match(Integer.parseInt(order[1]), Integer.parseInt(order[2]), null);
        say("%.6f %d", (THREADS.getCurrentThreadCpuTime() - begun) / 1e9, matches);
        break;
      }
      case "answers":
        long written;
        try (PrintWriter answers = new PrintWriter(order[3], StandardCharsets.UTF_8)) {
          written = match(Integer.parseInt(order[1]), Integer.parseInt(order[2]), answers);
        }
        say("%d", written);
        break;
      case "words":
        say("%s", String.join("\t", cut(texts.get(Integer.parseInt(order[1])))));
        break;
      default:
        say("%d", peak());
    }
  }

  private static long peak() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM")) return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }
    return 0;
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
    System.out.flush();
  }

  public static void main(String[] arguments) throws IOException {
    Against against = new Against(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
    BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order; (order = orders.readLine()) != null; ) against.obey(order.split(" "));
    against.monitor.close();
  }
}
