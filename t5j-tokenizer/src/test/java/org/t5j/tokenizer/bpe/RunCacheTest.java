package org.t5j.tokenizer.bpe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.t5j.tokenizer.Segmentation;

/** What is remembered of runs whose hashes are the same. */
class RunCacheTest {

    private static final int HASH = 77;

    private final RunCache cache = new RunCache();

    @Test
    void runsOfOneHashKeepTheirOwnPieces() {
        remember("ab", 1);
        remember("cd", 2);
        remember("abc", 3);
        assertThat(idOf("ab")).isEqualTo(1);
        assertThat(idOf("cd")).isEqualTo(2);
        assertThat(idOf("abc")).isEqualTo(3);
        assertThat(idOf("xy")).isEqualTo(-1);
    }

    private void remember(String run, int id) {
        byte[] text = run.getBytes(UTF_8);
        Segmentation pieces = new Segmentation();
        pieces.add(id, text.length);
        cache.add(text, 0, text.length, HASH, pieces, 0);
    }

    private int idOf(String run) {
        byte[] text = run.getBytes(UTF_8);
        Segmentation out = new Segmentation();
        return cache.find(text, 0, text.length, HASH, out) ? out.id(0) : -1;
    }
}
