package org.t5j.examples.corpus;

import java.util.List;
import java.util.Locale;
import org.t5j.examples.corpus.Lengths.Bucket;

/** Histograms of lengths one below the other, as SVG that needs nothing else. */
public final class LengthPlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 260;
    private static final int LEFT = 64;
    private static final int TOP = 48;
    private static final int BOTTOM = 40;

    private LengthPlot() {}

    /** An SVG document. */
    public static String svg(List<Lengths> all) {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%1$d\" height=\"%2$d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\""
                        + " fill=\"#fff\"/>%n",
                WIDTH, HEIGHT * all.size()));
        for (int i = 0; i < all.size(); i++) {
            svg.append(String.format("<g transform=\"translate(0 %d)\">%n", i * HEIGHT));
            histogram(all.get(i), svg);
            svg.append("</g>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    /** The same in a page. */
    public static String html(List<Lengths> all) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Lengths</title></head><body>\n"
                + svg(all) + "</body></html>\n";
    }

    private static void histogram(Lengths lengths, StringBuilder svg) {
        List<Bucket> buckets = lengths.buckets();
        int most = buckets.stream().mapToInt(Bucket::count).max().orElse(1);
        double slot = (double) (WIDTH - LEFT - 16) / buckets.size();
        int height = HEIGHT - TOP - BOTTOM;
        int base = HEIGHT - BOTTOM;
        svg.append(String.format(
                "<text x=\"%d\" y=\"24\" fill=\"#222\">%s</text>%n",
                LEFT, lengths.summary().replace("&", "&amp;")));
        for (int quarter = 0; quarter <= 4; quarter += 2) {
            int y = base - height * quarter / 4;
            svg.append(String.format(
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%3$d\" stroke=\"#ddd\"/><text x=\"%d\" y=\"%d\""
                            + " text-anchor=\"end\" fill=\"#555\">%d</text>%n",
                    LEFT, WIDTH - 16, y, LEFT - 8, y + 4, most * quarter / 4));
        }
        for (int i = 0; i < buckets.size(); i++) {
            Bucket bucket = buckets.get(i);
            double bar = (double) height * bucket.count() / most;
            double x = LEFT + i * slot;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#3b6ea5\"><title>%d to %d: %d"
                            + "</title></rect><text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%d</text>%n",
                    x + 1,
                    base - bar,
                    slot - 2,
                    bar,
                    bucket.from(),
                    bucket.to(),
                    bucket.count(),
                    x + slot / 2,
                    base + 16,
                    bucket.from()));
        }
        svg.append(String.format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#222\">%s (from)</text>%n",
                (LEFT + WIDTH) / 2, base + 34, lengths.what()));
    }
}
