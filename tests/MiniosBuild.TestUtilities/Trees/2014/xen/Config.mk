# What the tree is built for, and where its headers are.

XEN_HEADERS ?= /usr/include/xen

XEN_COMPILE_ARCH    ?= $(shell uname -m | sed -e s/i.86/x86_32/ -e s/amd64/x86_64/)
XEN_TARGET_ARCH     ?= $(XEN_COMPILE_ARCH)

XEN_INTERFACE_VERSION := 0x00030205
export XEN_INTERFACE_VERSION

OBJ_DIR ?= $(MINI-OS_ROOT)/obj

ifeq ($(findstring x86_,$(XEN_TARGET_ARCH)),x86_)
TARGET_ARCH_FAM = x86
else
TARGET_ARCH_FAM = $(XEN_TARGET_ARCH)
endif

TARGET_ARCH_DIR := arch/$(TARGET_ARCH_FAM)

export TARGET_ARCH_DIR
export TARGET_ARCH_FAM

ARCH_INC := $(TARGET_ARCH_FAM)
EXTRA_INC = $(ARCH_INC)	

include $(MINI-OS_ROOT)/$(TARGET_ARCH_DIR)/arch.mk

extra_incl := $(foreach dir,$(EXTRA_INC),-isystem $(MINI-OS_ROOT)/include/$(dir))

DEF_CPPFLAGS += -isystem $(MINI-OS_ROOT)/include
