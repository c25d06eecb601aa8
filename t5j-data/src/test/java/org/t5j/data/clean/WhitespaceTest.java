package org.t5j.data.clean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Values of Python 3: {@code str.splitlines}, {@code str.strip}, {@code str.split}. */
class WhitespaceTest {
    @Test
    void linesAreThoseOfPython() {
        assertThat(Whitespace.strippedLines(" a \r\nb\rc\fd\u2028e\u0085f\n\ng\n"))
                .containsExactly("a", "b", "c", "d", "e", "f", "", "g");
        assertThat(Whitespace.strippedLines("")).isEmpty();
    }

    @Test
    void blanksAreThoseOfPython() {
        StringBuilder blanks = new StringBuilder();
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            if (Whitespace.isBlank(c)) {
                blanks.append(Integer.toHexString(c)).append(' ');
            }
        }
        assertThat(blanks.toString())
                .isEqualTo("9 a b c d 1c 1d 1e 1f 20 85 a0 1680 2000 2001 2002 2003 2004 2005 2006"
                        + " 2007 2008 2009 200a 2028 2029 202f 205f 3000 ");
        assertThat(Whitespace.words(" a\u00a0b  c ")).isEqualTo(3);
        assertThat(Whitespace.longestWord("ab \uD83D\uDE42\uD83D\uDE42\uD83D\uDE42"))
                .isEqualTo(3);
    }
}
