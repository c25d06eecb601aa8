/**
 * The configuration of a run and what is built from it: model, vocabulary, data, evaluations. Start at {@link
 * org.t5j.train.setup.TrainConfig}; a setting is a component of one of its sections, with its {@link
 * org.t5j.train.config.Doc}. How files are parsed is {@code config}'s, what a run does with the settings {@code
 * run}'s.
 */
package org.t5j.train.setup;
