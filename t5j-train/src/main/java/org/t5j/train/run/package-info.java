/**
 * Runs from configuration to checkpoints: {@link org.t5j.train.run.Training} is where users and the command line start.
 *
 * <p>A run directory holds {@code config.yaml} (all settings, defaults included), {@code log.jsonl} and {@code
 * checkpoints/step-N}, each a model directory in Hugging Face's layout with {@code training/} beside the weights. How to
 * train is not decided here.
 */
package org.t5j.train.run;
