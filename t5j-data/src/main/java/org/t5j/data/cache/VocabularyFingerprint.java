package org.t5j.data.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.t5j.tokenizer.Tokenizer;

/** Tells vocabularies apart: by all pieces, the special ids, and how a text of many scripts is encoded. */
public final class VocabularyFingerprint {
    private static final String PROBE =
            "The quick brown fox can't jump 1,234.5 metres\tover  the \uFF2C\uFF41zy dog\u2026 "
                    + "\u00C9t\u00E9 na\u00EFve \u00DCbergr\u00F6\u00DFe; \u0424\u043E\u0440\u043C\u0430 \u03BB\u03CC\u03B3\u03BF\u03C2 "
                    + "\u0627\u0644\u0644\u063A\u0629 \u092D\u093E\u0937\u093E \u8A00\u8A9E\u306E\u8A9E \uD55C\uAD6D\uC5B4 \uD83D\uDE42 <extra_id_0> internationalisation";

    private VocabularyFingerprint() {}

    /** 16 hexadecimal digits, from SHA-256. */
    public static String of(Tokenizer tokenizer) {
        MessageDigest digest = sha256();
        for (int id = 0; id < tokenizer.vocabSize(); id++) {
            digest.update(tokenizer.piece(id).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        update(digest, tokenizer.padId(), tokenizer.eosId(), tokenizer.unkId(), tokenizer.sentinelCount());
        for (int sentinel = 0; sentinel < tokenizer.sentinelCount(); sentinel++) {
            update(digest, tokenizer.sentinelId(sentinel));
        }
        update(digest, tokenizer.encode(PROBE));
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, int... values) {
        for (int value : values) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, value));
        }
    }
}
