// SPDX-License-Identifier: MIT
// An LD_PRELOAD library that sets the clock: CLOCK_REALTIME is what the file $CLOCK_FILE says, in
// seconds since 1970, and $CLOCK_STEP seconds later whenever it is asked again. So a test can let
// time pass without waiting for it.
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *now)
{
	int (*real)(clockid_t, struct timespec *) =
		(int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
	const char *path = getenv("CLOCK_FILE"), *step = getenv("CLOCK_STEP");
	FILE *file = clock == CLOCK_REALTIME && path ? fopen(path, "r+e") : NULL;
	long long seconds;
	int answer = real(clock, now);
	if (!file)
		return answer;
	if (fscanf(file, "%lld", &seconds) == 1) {
		*now = (struct timespec){.tv_sec = seconds};
		rewind(file);
		fprintf(file, "%lld\n", seconds + (step ? atoll(step) : 0));
	}
	fclose(file);
	return answer;
}
