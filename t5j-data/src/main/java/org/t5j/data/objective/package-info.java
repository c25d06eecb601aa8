/**
 * Unsupervised objectives: how a segment of a corpus becomes inputs and targets. Start at {@link
 * org.t5j.data.objective.Objective}. Each is a class that tells what it does and its name, such as {@link
 * org.t5j.data.objective.PrefixLm#NAME}, and a line of {@link org.t5j.data.objective.Objectives}, which makes it and also
 * knows those that a program registers. Masks and token replacements come from {@code org.t5j.data.noise}; cutting the
 * corpus into segments is {@code org.t5j.data.dataset.PretrainingDataset}'s work.
 */
package org.t5j.data.objective;
