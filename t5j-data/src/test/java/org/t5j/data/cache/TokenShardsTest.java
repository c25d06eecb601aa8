package org.t5j.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;
import org.t5j.data.WordTokenizer;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** Token shards: what was stored comes back, the same as from memory, and damage is told. */
class TokenShardsTest {
    private static final WordTokenizer SMALL = new WordTokenizer();
    private static final WordTokenizer LARGE = new WordTokenizer(250_000, 100);

    @TempDir
    Path directory;

    /** Documents of 0 … 299 random ids; the extremes occur. */
    static List<int[]> documents(int count, int vocabSize) {
        List<int[]> documents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            CounterRandom random = new CounterRandom(1, Purpose.NOISE, 0, i);
            int[] ids = new int[i % 7 == 3 ? 0 : random.nextInt(300)];
            for (int j = 0; j < ids.length; j++) {
                ids[j] = random.nextInt(vocabSize);
            }
            documents.add(ids);
        }
        documents.add(new int[] {0, vocabSize - 1});
        return documents;
    }

    private TokenShards shards(List<int[]> documents, WordTokenizer tokenizer, long shardBytes) {
        try (TokenShardWriter writer = TokenShardWriter.open(directory, "train", tokenizer, "test", shardBytes)) {
            documents.forEach(writer::append);
            writer.commit();
        }
        return TokenShards.open(directory, "train", tokenizer);
    }

    private static TokenStore memory(List<int[]> documents, WordTokenizer tokenizer) {
        TokenStore store = new TokenStore(tokenizer.vocabSize());
        documents.forEach(store::append);
        return store;
    }

    private static void assertSame(DocumentStore store, DocumentStore expected) {
        assertThat(store.size()).isEqualTo(expected.size());
        assertThat(store.tokens()).isEqualTo(expected.tokens());
        assertThat(store.checksum()).isEqualTo(expected.checksum());
        assertThat(store.longest()).isEqualTo(expected.longest());
        for (long i = 0; i < expected.size(); i++) {
            assertThat(store.get(i)).isEqualTo(expected.get(i));
            assertThat(store.tokens(i / 2, i)).isEqualTo(expected.tokens(i / 2, i));
        }
    }

    @Test
    void whatWasStoredComesBackWhateverTheSizeOfIdsAndShards() {
        for (WordTokenizer tokenizer : List.of(SMALL, LARGE)) {
            List<int[]> documents = documents(500, tokenizer.vocabSize());
            for (long shardBytes : new long[] {3000, 10_000, TokenShardWriter.SHARD_BYTES}) {
                TokenShards shards = shards(documents, tokenizer, shardBytes);
                assertSame(shards, memory(documents, tokenizer));
                assertThat(shards.info().shards().size() > 1).isEqualTo(shardBytes < 1 << 20);
                assertThat(shards.info().idBytes()).isEqualTo(tokenizer == SMALL ? 2 : 4);
                TokenShards.verify(directory, "train");
            }
        }
    }

    @Test
    void aPartOfADocumentIsCopiedToItsPlace() {
        int[] document = documents(1, 32_100).get(0);
        int[] longOne = new int[5000];
        for (int i = 0; i < longOne.length; i++) {
            longOne[i] = i;
        }
        TokenShards shards = shards(List.of(document, longOne), SMALL, 1);
        int[] target = new int[4000];
        shards.copyInto(1, 700, target, 300, 3500);
        for (int i = 0; i < target.length; i++) {
            assertThat(target[i]).isEqualTo(i < 300 || i >= 3800 ? 0 : i + 400);
        }
    }

    @Test
    void theBeginningOfAStoreHasExactlyTheTokensAskedFor() {
        List<int[]> documents = documents(60, 32_100);
        TokenStore memory = memory(documents, SMALL);
        TokenShards shards = shards(documents, SMALL, 5000);
        for (long maxTokens = 1; maxTokens <= memory.tokens() + 1; maxTokens += maxTokens < 500 ? 1 : 97) {
            DocumentStore first = memory.first(maxTokens);
            assertThat(first.tokens()).isEqualTo(Math.min(maxTokens, memory.tokens()));
            assertSame(shards.first(maxTokens), first);
            for (long i = 0; i < first.size() - 1; i++) {
                assertThat(first.get(i)).isEqualTo(memory.get(i));
            }
        }
        assertThat(memory.first(memory.tokens())).isSameAs(memory);
        assertThat(memory.first(1000).checksum())
                .isNotEqualTo(memory.first(1001).checksum());
        assertThatThrownBy(() -> memory.first(0)).hasMessageContaining("maxTokens is 0");
    }

    @Test
    void sharesOfAStoreHaveEveryDocumentOnce() {
        TokenStore memory = memory(documents(60, 32_100), SMALL);
        List<Long> checksums = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            DocumentStore share = memory.shard(7, i);
            checksums.add(share.checksum());
            assertThat(share.size()).isEqualTo(i < 61 % 7 ? 9 : 8);
            for (long j = 0; j < share.size(); j++) {
                assertThat(share.get(j)).isEqualTo(memory.get(7 * j + i));
            }
        }
        assertThat(checksums).doesNotHaveDuplicates();
        assertThatThrownBy(() -> memory.shard(62, 0)).hasMessageContaining("61 documents cannot be shared among 62");
    }

    @Test
    void aWriterGoesOnBehindTheLastFinishedShard() throws IOException {
        List<int[]> documents = documents(200, 32_100);
        shards(documents, SMALL, 5000);
        List<byte[]> whole = contents();
        Files.delete(directory.resolve("train.json"));
        try (TokenShardWriter killed = TokenShardWriter.open(directory, "train", SMALL, "test", 5000)) {
            documents.subList(0, 150).forEach(killed::append);
        }
        assertThat(TokenShards.exist(directory, "train")).isFalse();
        try (TokenShardWriter resumed = TokenShardWriter.open(directory, "train", SMALL, "test", 5000)) {
            assertThat(resumed.resumeAt()).isBetween(100L, 149L);
            for (int i = 90; i < documents.size(); i++) {
                resumed.append(i, documents.get(i));
            }
            resumed.commit();
        }
        assertThat(contents()).usingRecursiveComparison().isEqualTo(whole);
    }

    @Test
    void aWriterOfAnotherOriginOrVocabularyStartsAnew() {
        List<int[]> documents = documents(100, 32_100);
        try (TokenShardWriter killed = TokenShardWriter.open(directory, "train", SMALL, "test", 1000)) {
            documents.forEach(killed::append);
        }
        try (TokenShardWriter other = TokenShardWriter.open(directory, "train", SMALL, "other", 1000)) {
            assertThat(other.resumeAt()).isZero();
        }
        try (TokenShardWriter other = TokenShardWriter.open(directory, "train", LARGE, "test", 1000)) {
            assertThat(other.resumeAt()).isZero();
        }
        assertThat(shards(documents.subList(0, 3), SMALL, 1000).size()).isEqualTo(3);
        assertThat(names()).doesNotContain("train-00050.tokens", ".train.unfinished.json");
    }

    private List<byte[]> contents() throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (String name : names()) {
            contents.add(Files.readAllBytes(directory.resolve(name)));
        }
        return contents;
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oneWriterAtATime() {
        try (TokenShardWriter first = TokenShardWriter.open(directory, "train", SMALL, "test")) {
            assertThatThrownBy(() -> TokenShardWriter.open(directory, "train", SMALL, "test"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("Another process writes the token shards of split 'train'");
            TokenShardWriter.open(directory, "validation", SMALL, "test").close();
            assertThatThrownBy(first::commit).hasMessageContaining("has no documents");
        }
    }

    @Test
    void positionsAscend() {
        try (TokenShardWriter writer = TokenShardWriter.open(directory, "train", SMALL, "test")) {
            writer.append(5, new int[] {1});
            assertThatThrownBy(() -> writer.append(5, new int[] {1}))
                    .hasMessageContaining("A document at position 5 follows one at position 5");
        }
    }

    @Test
    void damageIsToldWithFileAndRemedy() throws IOException {
        Path second = directory.resolve("train-00001.tokens");
        assertDamaged(() -> truncate(second, 8), "train-00001.tokens has", "but should have", "anew");
        assertDamaged(() -> truncate(second, -1), "train-00001.tokens has");
        assertDamaged(() -> Files.delete(second), "train-00001.tokens is missing");
        Path index = directory.resolve("train.json");
        assertDamaged(() -> Files.delete(index), "There are no token shards of split 'train'", "t5j data prepare");
        assertDamaged(() -> truncate(index, 40), "train.json is damaged", "anew");
        assertDamaged(() -> truncate(index, Files.size(index)), "train.json is no index of token shards");
        assertDamaged(
                () -> replace("\"version\" : 1", "\"version\" : 0"), "of version 0 of the format", "reads version 1");
        assertDamaged(() -> replace("\"documents\" : 201", "\"documents\" : 202"), "counts 202 documents");
        assertDamaged(() -> replace("\"shards\"", "\"shard\""), "train.json is damaged");
    }

    @Test
    void aFlippedBitIsFoundWhenAskedFor() throws IOException {
        shards(documents(200, 32_100), SMALL, 10_000);
        Path second = directory.resolve("train-00001.tokens");
        for (long at : new long[] {0, 4321, Files.size(second) - 1}) {
            flip(second, at);
            TokenShards.open(directory, "train", SMALL);
            assertThatThrownBy(() -> TokenShards.verify(directory, "train"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("train-00001.tokens is damaged: its CRC-32C is");
            flip(second, at);
            TokenShards.verify(directory, "train");
        }
    }

    @Test
    void idsOfAnotherVocabularyAreRefused() {
        shards(documents(10, 32_100), SMALL, 10_000);
        assertThatThrownBy(() -> TokenShards.open(directory, "train", LARGE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("are of another vocabulary")
                .hasMessageContaining("32100 ids")
                .hasMessageContaining("250000");
        WordTokenizer otherPieces = new WordTokenizer() {
            @Override
            public String piece(int id) {
                return id == 17 ? "x" : super.piece(id);
            }
        };
        assertThatThrownBy(() -> TokenShards.open(directory, "train", otherPieces))
                .hasMessageContaining("are of another vocabulary");
    }

    private interface Damage {
        void make() throws IOException;
    }

    private void assertDamaged(Damage damage, String... message) throws IOException {
        shards(documents(200, 32_100), SMALL, 10_000);
        damage.make();
        Consumer<Throwable> clear = error ->
                assertThat(error).isInstanceOf(DataException.class).message().contains(message);
        assertThatThrownBy(() -> TokenShards.open(directory, "train", SMALL)).satisfies(clear);
    }

    private static void truncate(Path file, long bytes) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.setLength(access.length() - bytes);
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(at);
            int old = access.read();
            access.seek(at);
            access.write(old ^ 16);
        }
    }

    private void replace(String old, String replacement) throws IOException {
        Path index = directory.resolve("train.json");
        String json = Files.readString(index);
        assertThat(json).contains(old);
        Files.writeString(index, json.replace(old, replacement));
    }

    @Test
    void saysWhyThereAreNone() throws IOException {
        assertNone(directory.resolve("absent"), "does not exist", "Check the path");
        assertNone(Files.writeString(directory.resolve("good.txt"), "text"), "which is a file", "--input");
        Path begun = Files.createDirectories(directory.resolve("begun"));
        assertNone(begun, "Make them with: t5j data prepare");
        Files.createDirectory(begun.resolve(".work"));
        assertNone(begun, "not finished", "Run its t5j data prepare again");
        Path trainOnly = Files.createDirectories(directory.resolve("trainOnly"));
        Files.writeString(trainOnly.resolve("report.json"), "{}");
        assertNone(trainOnly, "left that split without documents", "larger --validation");
    }

    private static void assertNone(Path place, String... parts) {
        assertThatThrownBy(() -> TokenShards.info(place, "validation"))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(parts);
    }
}
