/**
 * What watches a run: progress on a terminal ({@link org.t5j.train.listener.ConsoleProgress}, start there), {@code
 * log.jsonl} and a TensorBoard event file made of it. All are told by {@link org.t5j.train.TrainingListener}. Nothing here
 * changes a run.
 */
package org.t5j.train.listener;
