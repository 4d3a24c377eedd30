using System.Runtime.InteropServices;

namespace Contrastive.Retrieval;

/// <summary>Memory outside of the collector's reach, aligned to cache lines; freed when it is disposed, or when nobody has it any more.</summary>
internal sealed unsafe class NativeBlock : SafeHandle
{
    private const nuint Alignment = 64;

    public NativeBlock(long bytes) : base(0, ownsHandle: true) => SetHandle((nint)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 1), Alignment));

    public override bool IsInvalid => handle == 0;

    /// <summary>The first number; it stays there for as long as the block is held and not disposed.</summary>
    public T* First<T>() where T : unmanaged
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        return (T*)handle;
    }

    /// <summary>Room for so many numbers.</summary>
    public static NativeBlock Of<T>(long count) where T : unmanaged => new(checked(count * sizeof(T)));

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
