package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** Failures of files in words, without names of Java classes. */
class FileFailureTest {

    @Test
    void systemsAreTranslated() {
        assertThat(FileFailure.reason(new IOException("No space left on device")))
                .isEqualTo("the disk is full; make room on it (No space left on device)");
        assertThat(FileFailure.reason(new FileSystemException("run/.lock", null, "Read-only file system")))
                .isEqualTo("the file system is read-only (Read-only file system)");
        assertThat(FileFailure.reason(new IOException("File too large"))).contains("ulimit -f");
        assertThat(FileFailure.reason(new IOException("something else"))).isEqualTo("something else");
    }

    @Test
    void exceptionsWithoutAReasonAreNamed() {
        assertThat(FileFailure.reason(new AccessDeniedException("run"))).isEqualTo("access to run is denied");
        assertThat(FileFailure.reason(new NoSuchFileException("run"))).isEqualTo("there is no run");
        assertThat(FileFailure.reason(new MalformedInputException(1))).isEqualTo("it is not UTF-8");
        assertThat(FileFailure.reason(new IOException())).isEqualTo("the system does not say why");
    }
}
