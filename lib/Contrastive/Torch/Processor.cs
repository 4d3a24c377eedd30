using System.Runtime.Intrinsics.X86;

namespace Contrastive.Torch;

/// <summary>What the processor can do, as far as libtorch's kernels depend on it.</summary>
internal static class Processor
{
    private const int AuthenticAmd = 0x68747541; // "Auth", the first letters of the vendor's name

    public static bool IsAmd { get; } = X86Base.IsSupported && X86Base.CpuId(0, 0).Ebx == AuthenticAmd;

    /// <summary>Whether it multiplies bfloat16 in hardware: CPUID leaf 7, subleaf 1, EAX bit 5 (Intel, "Architecture Instruction Set
    /// Extensions"); subleaf 0 reports the highest subleaf.</summary>
    public static bool HasAvx512BFloat16 { get; } =
        X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 && X86Base.CpuId(7, 0).Eax >= 1 && (X86Base.CpuId(7, 1).Eax & (1 << 5)) != 0;

    /// <summary>
    /// Whether oneDNN, libtorch's convolution library, takes each cache to be one byte. On AMD's processors it reads their sizes from CPUID
    /// leaf 0x8000001D, and some virtual machines return zeros. Its kernels for AVX2 and above then divide by zero, overrun their buffers,
    /// or give wrong values.
    /// </summary>
    public static bool HidesCaches { get; } = IsAmd && SaysNothingOfCaches();

    private static bool SaysNothingOfCaches() =>
        unchecked((uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax) < 0x8000001D
        || (X86Base.CpuId(unchecked((int)0x8000001D), 0).Eax & 0x1F) == 0; // the type of the first cache; 0 is none
}
