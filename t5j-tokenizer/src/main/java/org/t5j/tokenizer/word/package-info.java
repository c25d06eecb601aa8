/** Words between spaces: models of type word. */
package org.t5j.tokenizer.word;
