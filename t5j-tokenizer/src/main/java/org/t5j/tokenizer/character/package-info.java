/** Models of type char: one piece for each character. */
package org.t5j.tokenizer.character;
