package org.t5j.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Exception;
import org.t5j.data.batch.DataPosition;
import org.t5j.train.TrainingState;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** The page about a run: what stands in it, that nothing can break out of its place, and that it stays small. */
class HtmlReportTest {
    private static final TrainingState STATE = new TrainingState(
            20,
            160,
            1000,
            200,
            30,
            new DataPosition(
                    "f",
                    160,
                    0,
                    List.of(new DataPosition.Cursor("big", 0, 120), new DataPosition.Cursor("small", 3, 10))),
            new TrainingState.BestScore(10, "t/accuracy", 87.5));

    @TempDir
    Path directory;

    private String page(String log, TrainingState state) throws IOException {
        Path file = Files.writeString(directory.resolve("log.jsonl"), log);
        return HtmlReport.page(
                "a <run>", file, state, "seed: 1 # <b>\noptim: {totalSteps: 1500}\n", Map.of("Java", "17"));
    }

    private static String train(long step, double loss) {
        return String.format(
                "{\"type\":\"train\",\"step\":%d,\"loss\":%s,\"nll\":1,\"learning_rate\":0.01,\"gradient_norm\":2,"
                        + "\"input_tokens\":90,\"target_tokens\":10,\"seconds\":%s,\"tokens_per_second\":200}%n",
                step, loss, step * 0.5);
    }

    private static String eval(long step, String example) {
        return "{\"type\":\"eval\",\"step\":" + step
                + ",\"scores\":{\"t/accuracy\":87.5,\"t/loss\":0.25},\"seconds\":1," + "\"examples\":[{\"inputs\":\""
                + example + "\",\"target\":\"yes\",\"prediction\":\"no\"}]}\n";
    }

    /** The page is written so that it is well-formed XML but for the two empty elements of its head. */
    private static Document parsed(String page) throws Exception {
        String xml = page.substring(page.indexOf("<html")).replaceAll("(<meta[^>]*)>", "$1/>");
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    @Test
    void itShowsTheRun() throws Exception {
        String page = page(train(10, 3) + train(20, 2) + eval(20, "question"), STATE);
        Document document = parsed(page);
        assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(6);
        assertThat(document.getElementsByTagName("body").item(0).getTextContent())
                .contains(
                        "a <run>", "seed: 1 # <b>", "question", "Learning rate", "Gradient norm", "t/accuracy", "Java")
                .contains("steps20 of 1500", "last loss2", "tokens/s, mean200", "time0:00:10")
                .contains("tokens seen1200", "best t/accuracy87.5 at step 10")
                .contains("big0120120", "75.0 %", "small31040", "25.0 %", "the step is in: 160 examples")
                .doesNotContain("Not recorded");
    }

    @Test
    void nothingIsLoadedAndNothingRuns() throws IOException {
        String page = page(train(10, 3) + eval(20, "see https://example.org"), STATE);
        assertThat(page.replace("see https://example.org", ""))
                .doesNotContain("http", "<script", "<link", "<img", "<iframe", "url(", "@import", "src=", "href=");
    }

    @Test
    void hostileTextsStayTexts() throws Exception {
        String hostile = "<script>alert(1)</script><img src=x onerror='y'> & \\\"quoted\\\" \\u0000\\ud800 ]]> end";
        String page = page(train(1, 1) + eval(1, hostile).replace("t/loss", "<b onclick=x>/loss"), STATE);
        assertThat(page).doesNotContain("<script", "<img", "<b onclick");
        assertThat(parsed(page).getDocumentElement().getTextContent())
                .contains("<script>alert(1)</script><img src=x onerror='y'> & \"quoted\" \uFFFD\uFFFD ]]> end");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(page)).isTrue();
    }

    @Test
    void aRunKilledWhileItWroteItsFirstLinesHasAPage() throws Exception {
        String cut = train(10, 3);
        for (String log : List.of("", cut.substring(0, 30), cut + cut.substring(0, 30))) {
            assertThat(parsed(page(log, null)).getDocumentElement().getTextContent())
                    .contains("Nothing was evaluated yet", "Data seen\nNot recorded");
        }
        assertThatThrownBy(() -> HtmlReport.page("x", directory.resolve("absent"), null, "", Map.of()))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("Cannot read the log");
    }

    @Test
    void aLongRunHasASmallPageThatKeepsItsExtremes() throws Exception {
        StringBuilder log = new StringBuilder();
        for (int step = 1; step <= 100_000; step++) {
            log.append(train(step, step == 54_321 ? 50 : 2 + Math.sin(step)));
        }
        String page = page(log.toString(), null);
        assertThat(page.length()).isLessThan(400_000);
        Curve curve = new Curve("loss");
        for (int step = 1; step <= 1000; step++) {
            curve.add(step, step == 543 ? 50 : 2);
        }
        Curve.Point[] points = curve.points(300);
        assertThat(points).hasSize(300);
        assertThat(points).extracting(Curve.Point::high).contains(50.0);
        assertThat(points).extracting(Curve.Point::step).isSorted().contains(2.0);
    }

    @Test
    void oddCurvesAreDrawn() throws Exception {
        double[][] all = {{0}, {-5}, {1e300, -1e300}, {1e16, 1e16 + 2}, {Double.NaN, 1}, {1e-300, 2e-300}, {3, 3, 3}};
        for (double[] values : all) {
            Curve curve = new Curve("<odd>");
            for (int i = 0; i < values.length; i++) {
                curve.add(1_000_000_000_000L * i, values[i]);
            }
            String figure = new Chart("odd", "", List.of(curve)).figure(Axis.steps(0, 3e12));
            assertThat(figure).doesNotContain("NaN", "Infinity").hasSizeLessThan(4000);
        }
    }

    @Test
    void oneChartHasTheLossesAndOneEachScoreOfAllTasks() throws IOException {
        StringBuilder log = new StringBuilder(train(10, 3));
        log.append("{\"type\":\"eval\",\"step\":10,\"scores\":{\"average\":5");
        for (int i = 0; i < 8; i++) {
            log.append(",\"task").append(i).append("/f1\":").append(i);
        }
        LoggedRun run = LoggedRun.read(Files.writeString(
                directory.resolve("log.jsonl"),
                log.append(",\"task0/loss\":2}}\n").toString()));
        Chart loss = Charts.training(run).get(0);
        assertThat(loss.curves())
                .extracting(Curve::name)
                .containsExactly("as minimised", "negative log-likelihood", "task0/loss");
        assertThat(loss.figure(run.steps()))
                .contains(
                        "<i class=\"curve-3\"></i>task0/loss",
                        "step 10\nas minimised 3\nnegative log-likelihood 1\ntask0/loss 2<");
        assertThat(Charts.evaluation(run))
                .extracting(chart ->
                        chart.title() + " " + chart.unit() + chart.curves().size())
                .containsExactly("average 1", "f1 6", "f1 2", "loss task01");
    }

    /** A pointer anywhere in a chart finds one column, and each logged step is told by one. */
    @Test
    void columnsCoverTheStepsAndTellEachValueOnce() {
        Curve curve = new Curve("loss");
        Curve rare = new Curve("held out");
        for (int step = 1; step <= 70; step++) {
            curve.add(step, step);
            if (step % 35 == 0) {
                rare.add(step, step);
            }
        }
        String figure = new Chart("Loss", "", List.of(rare, curve)).figure(Axis.steps(1, 70));
        assertThat(figure.split("<rect class=\"column\"", -1)).hasSize(71);
        for (int step = 1; step <= 70; step++) {
            String rareToo = step % 35 == 0 ? "\nheld out " + step : "";
            assertThat(figure).containsOnlyOnce("step " + step + rareToo + "\nloss " + step + "<");
        }
    }

    @Test
    void axesHaveRoundMarksAndGoInPowersWhereFewValuesTowerOverTheRest() {
        assertThat(new Axis(0, 0.00105, false, false).labels()).containsExactly("0", "0.0005", "0.0010");
        assertThat(Axis.steps(10, 1500).labels()).containsExactly("0", "500", "1000", "1500");
        assertThat(Axis.steps(10, 90_000).labels()).containsExactly("0", "20k", "40k", "60k", "80k");
        assertThat(Axis.steps(1_000_000, 1_262_144).low()).isEqualTo(1_000_000);
        Curve spiked = new Curve("norm");
        for (int step = 1; step < 100; step++) {
            spiked.add(step, step == 50 ? 20_000 : 2);
        }
        Axis axis = Axis.values(List.of(spiked));
        assertThat(axis.logarithmic()).isTrue();
        assertThat(axis.labels()).containsExactly("10", "100", "1000", "10000");
        assertThat(axis.share(200)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void sharesThatAreNotKnownAreSaidToBeSo() {
        DataPosition.Cursor first = new DataPosition.Cursor("a", 1, 5);
        DataPosition.Cursor second = new DataPosition.Cursor("b", 2, 5);
        DataSeen seen = new DataSeen(new DataPosition("f", 100, 0, List.of(first, second)));
        assertThat(seen.drawn(first)).isEqualTo(-1);
        assertThat(seen.table()).contains("not known");
    }

    @Test
    void updatesThatWereNotMadeAreCounted() throws Exception {
        assertThat(parsed(page(train(1, 1), null)).getDocumentElement().getTextContent())
                .contains("updates skippednone")
                .doesNotContain("Updates skipped");
        StringBuilder log = new StringBuilder(train(1, 1).replace("\"nll\"", "\"parameter_norm\":7,\"nll\""));
        for (int step = 2; step < 100; step++) {
            String loss = step == 3 ? "\"NaN\"" : "2.5";
            log.append("{\"type\":\"skipped\",\"step\":" + step + ",\"loss\":" + loss + ",\"gradient_norm\":900}\n");
        }
        String text = parsed(page(log.toString(), null)).getDocumentElement().getTextContent();
        assertThat(text)
                .contains("updates skipped98: 1 not finite, 97 spikes", "Parameter norm")
                .contains("99gradients far above the usual2.5900")
                .doesNotContain("40gradients");
        String few = log.substring(0, log.indexOf("\"step\":4")) + "}";
        assertThat(parsed(page(few, null)).getDocumentElement().getTextContent())
                .contains("2: 1 not finite, 1 spike", "3not finiteNaN900");
    }

    @Test
    void predictionsThatAreRightAreMarked() throws IOException {
        String page = page(eval(1, "q"), null);
        assertThat(page).doesNotContain("<tr class=\"right\">");
        assertThat(page(eval(1, "q").replace("\"no\"", "\"yes\""), null))
                .contains("<tr class=\"right\"><td>q</td><td>yes</td><td>yes</td></tr>");
    }

    @Test
    void numbersAreShort() {
        assertThat(List.of(0.0, 12.0, 0.25, 1234.5678, 2e-5, -1.23456e9, 0.001, 9999999.0))
                .extracting(Html::number)
                .containsExactly("0", "12", "0.25", "1235", "2e-05", "-1.235e+09", "0.001", "9999999");
    }
}
