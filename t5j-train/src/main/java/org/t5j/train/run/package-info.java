/**
 * Runs from configuration to checkpoints, and what they leave: {@link org.t5j.train.run.Training} is where users and the
 * command line start, {@link org.t5j.train.run.TextGenerator} where they put a trained model to use.
 *
 * <p>A run directory holds {@code config.yaml} (all settings, defaults included), {@code log.jsonl} and {@code
 * checkpoints/step-N}, each a model directory in Hugging Face's layout with {@code training/} beside the weights. How to
 * train is not decided here.
 */
package org.t5j.train.run;
