/* Ctrl-C and SIGTERM ask for an orderly stop; a second one ends the program as usual. A closed pipe is seen
 * by write. */
#ifndef DSR_CLI_SIGNALS_H
#define DSR_CLI_SIGNALS_H

#include "base/threads.h"

/* Installs the handlers. The flag lives as long as the program. */
dsr_cancel *dsr_signals_install(void);

#endif
