"""Limits a reading process puts on itself before it looks at a foreign file.

The half for Windows was written after Microsoft's structures and has never been run.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.intake.limits import Limits

if sys.platform == "win32":  # pragma: no cover - Windows only, see above
    import ctypes

    _PROCESS_TIME = 0x2
    _PROCESS_MEMORY = 0x100
    _EXTENDED_INFORMATION = 9

    class _Basic(ctypes.Structure):
        """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", ctypes.c_uint32),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", ctypes.c_uint32),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", ctypes.c_uint32),
            ("SchedulingClass", ctypes.c_uint32),
        )

    class _Extended(ctypes.Structure):
        """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def confine(limits: Limits) -> None:
        """Put this process into a Job Object that ends it at its limits.

        Raises:
            OSError: Windows refused; nothing must be read then.
        """
        wanted = _Extended()
        basic = wanted.BasicLimitInformation
        basic.LimitFlags = _PROCESS_TIME | _PROCESS_MEMORY
        # In units of 100 nanoseconds.
        basic.PerProcessUserTimeLimit = limits.seconds * 10_000_000
        wanted.ProcessMemoryLimit = limits.memory_bytes
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        # The handle stays open until the process ends, which is soon.
        job = ctypes.c_void_p(kernel.CreateJobObjectW(None, None))
        me = ctypes.c_void_p(kernel.GetCurrentProcess())
        size = ctypes.sizeof(wanted)
        if not (
            kernel.SetInformationJobObject(
                job, _EXTENDED_INFORMATION, ctypes.byref(wanted), size
            )
            and kernel.AssignProcessToJobObject(job, me)
        ):
            raise ctypes.WinError(ctypes.get_last_error())

    def give_way() -> None:
        """Do nothing: whoever starts this process says how urgent it is."""

else:
    import os
    import resource

    _NICE = 10

    def confine(limits: Limits) -> None:
        """Cap this process's memory and processor time, for as long as it lives."""
        for kind, wanted in (
            (resource.RLIMIT_AS, limits.memory_bytes),
            (resource.RLIMIT_CPU, limits.seconds),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.getrlimit(kind)
            most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(kind, (most, most))

    def give_way() -> None:
        """Let other processes go first, for as long as this one lives."""
        os.nice(_NICE)
