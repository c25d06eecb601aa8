/**
 * Metrics on text, one file each; {@link org.t5j.data.metric.Metrics} knows them by name. Start at {@link
 * org.t5j.data.metric.Metric}. A metric compares strings and knows neither ids nor models. Scores are percentages
 * unless a metric says otherwise.
 */
package org.t5j.data.metric;
