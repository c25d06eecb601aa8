/** Two runs side by side: scores with how sure their difference is, losses and settings. */
package org.t5j.examples.compare;
