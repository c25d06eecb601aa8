package org.t5j.data.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.t5j.data.DataException;
import org.t5j.tokenizer.FileReason;

/** Names of the files of token shards; their indexes and checks. */
final class TokenShardsFiles {
    private static final String REMEDY =
            "Make the token shards anew: delete their directory and run the command that made them again.";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TokenShardsFiles() {}

    static Path index(Path directory, String split) {
        return directory.resolve(split + ".json");
    }

    /** The index of the shards that are finished, while others are written. */
    static Path journal(Path directory, String split) {
        return directory.resolve("." + split + ".unfinished.json");
    }

    /** Held by the process that writes the split; empty. */
    static Path lock(Path directory, String split) {
        return directory.resolve("." + split + ".lock");
    }

    static Path shard(Path directory, String split, int number) {
        return directory.resolve(String.format("%s-%05d.tokens", split, number));
    }

    /** Why a directory lacks an index, and what to do: the end of a sentence and another. */
    static String whyNone(Path directory) {
        if (!Files.exists(directory)) {
            return ", which does not exist. Check the path.";
        }
        if (!Files.isDirectory(directory)) {
            return ", which is a file. Name a directory that t5j data prepare made; text is read with another data.format,"
                    + " and inspected with --input.";
        }
        if (Files.exists(directory.resolve(".work"))) {
            return ", whose preparation is not finished. Run its t5j data prepare again.";
        }
        if (Files.exists(directory.resolve("report.json"))) {
            return ", for its preparation left that split without documents, or wrote text alone. Prepare anew with a"
                    + " larger --validation for split validation, with --tokenizer for ids; or name other files.";
        }
        return ". Make them with: t5j data prepare.";
    }

    static TokenShardsInfo readIndex(Path file) {
        try {
            JsonNode json = MAPPER.readTree(file.toFile());
            DataException.check(
                    json.path("format").asText().equals(TokenShardsInfo.FORMAT),
                    "%s is no index of token shards: its \"format\" is not \"%s\". Check the path.",
                    file,
                    TokenShardsInfo.FORMAT);
            DataException.check(
                    json.path("version").asInt() == TokenShardsInfo.VERSION,
                    "%s is of version %s of the format, but this t5j reads version %d. " + REMEDY,
                    file,
                    json.path("version").asText(),
                    TokenShardsInfo.VERSION);
            return MAPPER.treeToValue(json, TokenShardsInfo.class);
        } catch (ValueInstantiationException e) {
            throw new DataException(file + " is damaged: " + e.getCause().getMessage() + " " + REMEDY, e);
        } catch (JsonProcessingException e) {
            throw new DataException(file + " is damaged: " + e.getOriginalMessage() + ". " + REMEDY, e);
        } catch (IOException e) {
            throw new DataException("Cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    /** Writes an index so that it appears whole or not at all. */
    static void writeIndex(Path file, TokenShardsInfo info) {
        Path temporary = file.resolveSibling(file.getFileName() + ".incomplete");
        try {
            byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(info);
            try (FileChannel channel = FileChannel.open(
                    temporary,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(json);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DataException("Cannot write " + file + ": " + FileReason.of(e), e);
        }
    }

    /** Checks that every shard is there and as long as the index says. */
    static void checkSizes(Path directory, TokenShardsInfo info) {
        for (TokenShardsInfo.Shard shard : info.shards()) {
            Path file = directory.resolve(shard.file());
            DataException.check(Files.exists(file), "The shard %s is missing. " + REMEDY, file);
            long bytes = size(file);
            DataException.check(
                    bytes == shard.bytes(info.idBytes()),
                    "The shard %s has %d bytes, but should have %d. " + REMEDY,
                    file,
                    bytes,
                    shard.bytes(info.idBytes()));
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new DataException("Cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    /** Checks the contents of every shard against its checksum. */
    static void checkContents(Path directory, TokenShardsInfo info) {
        for (TokenShardsInfo.Shard shard : info.shards()) {
            Path file = directory.resolve(shard.file());
            String found = crc32c(file);
            DataException.check(
                    found.equals(shard.crc32c()),
                    "The shard %s is damaged: its CRC-32C is %s, but should be %s. " + REMEDY,
                    file,
                    found,
                    shard.crc32c());
        }
    }

    static String crc32c(Path file) {
        CRC32C crc = new CRC32C();
        byte[] block = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                crc.update(block, 0, count);
            }
        } catch (IOException e) {
            throw new DataException("Cannot read " + file + ": " + FileReason.of(e), e);
        }
        return Long.toHexString(crc.getValue());
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new DataException("Cannot delete " + file + ": " + FileReason.of(e), e);
        }
    }

    /** Deletes what a split of these shards does not need: the journal, and others' shards. */
    static void deleteStale(Path directory, String split, List<TokenShardsInfo.Shard> shards) {
        Set<String> needed = new HashSet<>();
        shards.forEach(shard -> needed.add(shard.file()));
        Pattern names = Pattern.compile(Pattern.quote(split) + "-\\d{5}\\.tokens");
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (names.matcher(name).matches() && !needed.contains(name)) {
                    delete(file);
                }
            }
        } catch (IOException e) {
            throw new DataException("Cannot list " + directory + ": " + FileReason.of(e), e);
        }
        delete(journal(directory, split));
    }
}
