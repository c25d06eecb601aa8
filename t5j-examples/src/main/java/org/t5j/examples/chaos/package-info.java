/** A campaign against a small pre-training: it is killed, starved and damaged, and must end as if nothing had happened. */
package org.t5j.examples.chaos;
