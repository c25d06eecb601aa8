package org.t5j.train.evaluate;

/**
 * Where a score lies with some confidence.
 *
 * @param low its lower end
 * @param high its upper end, at least {@code low}
 */
public record Interval(double low, double high) {}
