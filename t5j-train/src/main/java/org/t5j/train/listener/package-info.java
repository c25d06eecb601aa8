/**
 * What watches a run: progress on a terminal ({@link org.t5j.train.listener.ConsoleProgress}, start there) and {@code
 * log.jsonl}. All are {@link org.t5j.train.TrainingListener}. Nothing here changes a run.
 */
package org.t5j.train.listener;
