package org.t5j.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;

/** Keeps what writes many files out of a directory that holds something else. Hidden files do not count. */
public final class ForeignFiles {
    private static final Pattern NONE = Pattern.compile("");

    private ForeignFiles() {}

    /**
     * Checks that {@code directory} is new or empty.
     *
     * @param owner what is to be written there, as the message calls it: {@code a run}
     * @throws T5Exception naming a file in it
     */
    public static void refuse(Path directory, String owner) {
        refuseOthersThan(NONE, directory, owner);
    }

    /** The same for a directory in which files whose names match {@code own} may stand. */
    static void refuseOthersThan(Pattern own, Path directory, String owner) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        first(own, directory).ifPresent(foreign -> {
            throw new T5Exception(directory + " holds files that are not of " + owner + ", such as " + foreign
                    + "; name a new or empty directory");
        });
    }

    private static Optional<String> first(Pattern own, Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !own.matcher(name).matches())
                    .sorted()
                    .findFirst();
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + directory + ": " + FileFailure.reason(e), e);
        }
    }
}
