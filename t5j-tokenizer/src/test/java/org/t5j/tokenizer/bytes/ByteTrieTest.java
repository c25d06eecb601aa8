package org.t5j.tokenizer.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The trie against a hash map on random keys. */
class ByteTrieTest {

    @Test
    void everyKeyIsFoundWithItsNumberAndNothingElseIs() {
        SplittableRandom random = new SplittableRandom(7);
        for (int alphabet : new int[] {2, 26, 256}) {
            Map<String, Integer> numbers = new HashMap<>();
            List<byte[]> keys = new ArrayList<>();
            while (keys.size() < 5000) {
                byte[] key = randomBytes(random, alphabet, 14);
                if (numbers.putIfAbsent(latin1(key), keys.size()) == null) {
                    keys.add(key);
                }
            }
            ByteTrie trie = ByteTrie.of(keys);
            for (int i = 0; i < keys.size(); i++) {
                assertThat(find(trie, keys.get(i))).isEqualTo(i);
            }
            for (int i = 0; i < 20_000; i++) {
                byte[] probe = randomBytes(random, alphabet, 14);
                assertThat(find(trie, probe)).isEqualTo(numbers.getOrDefault(latin1(probe), -1));
            }
        }
    }

    @Test
    void theLongestKeyThatATextStartsWithIsMatched() {
        ByteTrie trie = ByteTrie.of(Arrays.asList(utf8("a"), null, utf8("abc"), utf8("é")));
        assertThat(trie.longestMatch(utf8("abcd"), 0, 4)).isEqualTo(3);
        assertThat(trie.longestMatch(utf8("abcd"), 0, 2)).isEqualTo(1);
        assertThat(trie.longestMatch(utf8("xé"), 1, 3)).isEqualTo(2);
        assertThat(trie.longestMatch(utf8("x"), 0, 1)).isZero();
    }

    @Test
    void aTrieWithoutKeysMatchesNothing() {
        ByteTrie trie = ByteTrie.of(List.of());
        for (int b = 0; b < 256; b++) {
            assertThat(trie.child(trie.root(), (byte) b)).isEqualTo(ByteTrie.NONE);
        }
    }

    private static int find(ByteTrie trie, byte[] key) {
        long node = trie.root();
        for (byte b : key) {
            node = trie.child(node, b);
            if (node == ByteTrie.NONE) {
                return -1;
            }
        }
        return ByteTrie.value(node);
    }

    private static byte[] randomBytes(SplittableRandom random, int alphabet, int maxLength) {
        byte[] bytes = new byte[1 + random.nextInt(maxLength)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(alphabet);
        }
        return bytes;
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
