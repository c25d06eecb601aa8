/**
 * Text to ids and back.
 */
package org.t5j.tokenizer;
