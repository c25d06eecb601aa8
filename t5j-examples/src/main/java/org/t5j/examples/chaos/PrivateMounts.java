package org.t5j.examples.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A view of the file system that one process has for itself, by Linux's unshare(1): it goes when the process ends. */
final class PrivateMounts {
    private static final List<List<String>> WAYS =
            List.of(List.of("unshare", "--user", "--map-root-user", "--mount"), List.of("unshare", "--mount"));
    private static final String PROBE = "mount -t tmpfs -o size=64k tmpfs /tmp";

    private PrivateMounts() {}

    /**
     * What launches a command behind mounts.
     *
     * @param script makes them; it finds {@code arguments} as $1, $2 … and ends in {@code shift N; "$@"}
     * @return empty where the system does not allow it
     */
    static Optional<List<String>> launcher(String script, String... arguments)
            throws IOException, InterruptedException {
        for (List<String> way : WAYS) {
            if (works(way)) {
                List<String> line = new ArrayList<>(way);
                line.addAll(List.of("/bin/bash", "-c", script, "bash"));
                line.addAll(List.of(arguments));
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    private static boolean works(List<String> way) throws InterruptedException {
        List<String> line = new ArrayList<>(way);
        line.addAll(List.of("/bin/bash", "-c", PROBE));
        try {
            return new ProcessBuilder(line)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
