/**
 * Scores of a model: loss on held-out examples, and metrics of what it writes for them. Start at {@link
 * org.t5j.train.evaluate.Evaluator}; the metrics themselves are {@code org.t5j.data.metric}'s. When to evaluate is the
 * trainer's business; nothing here changes parameters.
 */
package org.t5j.train.evaluate;
