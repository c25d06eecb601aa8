/**
 * Metrics on text, one file each; {@link org.t5j.data.metric.Metrics} knows them by name. A metric compares strings and
 * knows neither ids nor models. Scores are percentages unless a metric says otherwise.
 */
package org.t5j.data.metric;
