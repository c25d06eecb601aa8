/**
 * The command line behind {@code bin/t5j}: one class per subcommand, each a thin layer over the library. Start at {@link
 * org.t5j.examples.cli.T5jCommand}, which lists them.
 *
 * <p>Results go to standard output ({@link org.t5j.examples.cli.ResultStream}), everything else to standard error; every
 * failure becomes one paragraph ({@link org.t5j.examples.cli.ErrorReport}) and an exit code: 0 ok, 1 failed, 2 bad usage.
 * What a program would want to call does not belong here.
 */
package org.t5j.examples.cli;
