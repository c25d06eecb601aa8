/**
 * Pure functions on examples, before ({@link org.t5j.data.preprocess.Preprocessors}) and after
 * ({@link org.t5j.data.preprocess.Tokens}) they become ids. Nothing here reads files or draws random numbers.
 */
package org.t5j.data.preprocess;
