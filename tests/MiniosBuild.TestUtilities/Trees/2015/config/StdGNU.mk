AS         = $(CROSS_COMPILE)as
LD         = $(CROSS_COMPILE)ld
ifeq ($(clang),y)
CC         = $(CROSS_COMPILE)clang
else
CC         = $(CROSS_COMPILE)gcc
endif
CPP        = $(CC) -E
AR         = $(CROSS_COMPILE)ar
OBJCOPY    = $(CROSS_COMPILE)objcopy

ifneq ($(debug),y)
CFLAGS += -O2 -fomit-frame-pointer
else
CFLAGS += -O1 -fno-omit-frame-pointer
endif
