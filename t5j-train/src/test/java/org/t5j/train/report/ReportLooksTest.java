package org.t5j.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in headless Chromium, where one is installed: light, dark and on paper. */
class ReportLooksTest {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    @TempDir
    Path directory;

    private Path browser;
    private Path page;

    @BeforeEach
    void writePage() throws IOException {
        browser = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(place -> BROWSERS.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(
                browser != null,
                "no " + String.join(", ", BROWSERS) + " on the PATH: how the page looks is not tested");
        StringBuilder log = new StringBuilder();
        for (int step = 1; step <= 100; step++) {
            log.append("{\"type\":\"train\",\"step\":")
                    .append(step)
                    .append(",\"loss\":")
                    .append(5.0 / step)
                    .append("}\n");
        }
        Path lines = Files.writeString(directory.resolve("log.jsonl"), log);
        page = Files.writeString(
                directory.resolve("report.html"), HtmlReport.page("run", lines, null, "seed: 1", Map.of()));
    }

    private void browse(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--user-data-dir=" + directory.resolve("profile")));
        command.addAll(List.of(arguments));
        command.add(page.toUri().toString());
        File messages = directory.resolve("messages").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(messages)
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as(Files.readString(messages.toPath())).isTrue();
    }

    /** Chromium's numbers of the looks are 0 for dark and 1 for light. */
    @ParameterizedTest
    @CsvSource({"1, ffffff, 1b5fc1", "0, 12161c, 77aeff"})
    void itFollowsTheReadersChoiceOfLook(int look, String ground, String line) throws Exception {
        Path image = directory.resolve("page.png");
        browse("--window-size=900,700", "--blink-settings=preferredColorScheme=" + look, "--screenshot=" + image);
        BufferedImage pixels = ImageIO.read(image.toFile());
        assertThat(color(pixels, 2, 2)).isEqualTo(ground);
        assertThat(count(pixels, line)).as("pixels of the curve").isGreaterThan(50);
    }

    @Test
    void itIsPrinted() throws Exception {
        Path paper = directory.resolve("page.pdf");
        browse("--blink-settings=preferredColorScheme=0", "--print-to-pdf=" + paper);
        assertThat(new String(Files.readAllBytes(paper), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF");
        assertThat(Files.size(paper)).isGreaterThan(5000);
    }

    private static String color(BufferedImage pixels, int x, int y) {
        return String.format("%06x", pixels.getRGB(x, y) & 0xFFFFFF);
    }

    private static int count(BufferedImage pixels, String color) {
        int count = 0;
        for (int y = 0; y < pixels.getHeight(); y++) {
            for (int x = 0; x < pixels.getWidth(); x++) {
                count += color(pixels, x, y).equals(color) ? 1 : 0;
            }
        }
        return count;
    }
}
