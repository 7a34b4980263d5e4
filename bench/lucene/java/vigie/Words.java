package vigie;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/** Cuts a text as Vigie does, from Vigie's own table of characters: what differs afterwards is matching alone. */
final class Words extends Tokenizer {
  /** What each character is, and its folded form where that is another one. */
  static final class Table {
    final byte[] kinds = new byte[Character.MAX_CODE_POINT + 1];
    final char[][] folded = new char[Character.MAX_CODE_POINT + 1][];

    /** Lines {@code code TAB kind TAB folded codes, by comma}; characters that are not listed separate words. */
    Table(Path path) throws IOException {
      for (String line : Files.readAllLines(path, StandardCharsets.UTF_8)) {
        String[] parts = line.split("\t", 3);
        int code = Integer.parseInt(parts[0]);
        kinds[code] = (byte) parts[1].charAt(0);
        StringBuilder letters = new StringBuilder();
        for (String one : parts[2].split(",")) letters.appendCodePoint(Integer.parseInt(one));
        folded[code] = letters.toString().toCharArray();
      }
    }
  }

  private static final byte WORD = 'w', EMOJI = 'e', SYMBOL = 's', FLAG = 'f', MARK = 'm', SIGN = 'g';

  private final Table table;
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
  private char[] text = new char[1024];
  private char[] word = new char[256];
  private int size, at, letters;
  private boolean again;

  Words(Table table) {
    this.table = table;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    size = at = 0;
    again = false;
    for (int read; (read = input.read(text, size, text.length - size)) > 0; ) {
      size += read;
      if (size == text.length) text = Arrays.copyOf(text, 2 * size);
    }
  }

  @Override
  public boolean incrementToken() {
    clearAttributes();
    if (again) { // the word of a tag, once more without its sign, at the same place
      again = false;
      term.copyBuffer(word, 1, letters - 1);
      increment.setPositionIncrement(0);
      return true;
    }
    boolean signed = false;
    while (at < size) {
      int code = Character.codePointAt(text, at, size);
      int next = at + Character.charCount(code);
      byte kind = table.kinds[code];
      if (kind == WORD) {
        if (!signed) letters = 0;
        takeWord();
        term.copyBuffer(word, 0, letters);
        again = signed;
        return true;
      }
      at = next;
      if (kind == SIGN) {
        letters = 0;
        add(code);
        signed = true;
      } else if (kind != MARK) {
        signed = false;
        if (kind == EMOJI || kind == SYMBOL || kind == FLAG) {
          takeSymbol(code, kind);
          return true;
        }
      }
    }
    return false;
  }

  private void takeWord() {
    while (at < size) {
      int code = Character.codePointAt(text, at, size);
      byte kind = table.kinds[code];
      if (kind == WORD) add(code);
      else if (kind != MARK) return;
      at += Character.charCount(code);
    }
  }

  private void takeSymbol(int code, byte kind) {
    letters = 0;
    add(code);
    if (kind == FLAG && at < size) { // two letters of a flag are one sign
      int second = Character.codePointAt(text, at, size);
      if (table.kinds[second] == FLAG) {
        add(second);
        at += Character.charCount(second);
      }
    }
    term.copyBuffer(word, 0, letters);
  }

  private void add(int code) {
    char[] fold = table.folded[code];
    if (letters + fold.length > word.length) word = Arrays.copyOf(word, 2 * word.length + fold.length);
    for (char letter : fold) word[letters++] = letter;
  }

  static Analyzer analyzer(Table table) {
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String field) {
        return new TokenStreamComponents(new Words(table));
      }
    };
  }
}
