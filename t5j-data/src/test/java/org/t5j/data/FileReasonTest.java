package org.t5j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.tokenizer.FileReason;

/** People read why a file failed in words, not in names of Java's classes. */
class FileReasonTest {
    private static final Pattern EXCEPTION_ITSELF = Pattern.compile(": \" \\+ (e|failed)( \\+ \"|, (e|failed)\\))");

    @Test
    void isInWords() {
        assertThat(FileReason.of(new FileSystemException("a", null, "No space left on device")))
                .isEqualTo("No space left on device");
        assertThat(FileReason.of(new FileNotFoundException("a (Is a directory)")))
                .isEqualTo("a (Is a directory)");
        assertThat(FileReason.of(new AccessDeniedException("a"))).isEqualTo("access is denied; change its permissions");
        assertThat(FileReason.of(new NoSuchFileException("a"))).isEqualTo("there is no a");
        assertThat(FileReason.of(new FileAlreadyExistsException("a"))).isEqualTo("a exists already");
        assertThat(FileReason.of(new NotDirectoryException("a"))).isEqualTo("a is no directory");
        assertThat(FileReason.of(new DirectoryNotEmptyException("a"))).isEqualTo("a is not empty");
        assertThat(FileReason.of(new MalformedInputException(1))).isEqualTo("it is not UTF-8");
        assertThat(FileReason.of(new EOFException())).isEqualTo("it ends too early");
        assertThat(FileReason.of(new IOException())).isEqualTo("the system does not say why");
    }

    /** An exception in a message would show the name of its class. */
    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "../t5j-tokenizer/src/main/java"})
    void isSaidByEveryMessage(Path directory) throws IOException {
        try (Stream<Path> sources = Files.walk(directory)) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(EXCEPTION_ITSELF));
        }
    }
}
