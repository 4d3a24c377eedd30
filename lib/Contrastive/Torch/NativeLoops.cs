using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Torch;

/// <summary>
/// libtorch's loops over lists of tensors, which TorchSharp does not expose, reached through TorchScript: one call for a whole network
/// instead of several for each parameter. A script that does not compile ends the process, so only scripts that tests run are used here.
/// </summary>
internal sealed class NativeLoops(string script)
{
    private readonly Lazy<jit.CompilationUnit> _compiled = new(() => jit.compile(script + "\n"));

    /// <summary>Calls a function of the script that returns an integer; tensors are changed in place.</summary>
    public void Invoke(string function, params object[] arguments)
    {
        // TorchSharp makes a native scalar of each double without keeping it alive, so that a garbage collection may free it while it is
        // read: once in thousands of steps. Made here, it lives until the call returns.
        var held = Array.ConvertAll(arguments, argument => argument is double number ? number.ToScalar() : argument);
        try
        {
            (_compiled.Value.invoke(function, held) as IDisposable)?.Dispose();
        }
        finally
        {
            foreach (var number in held.OfType<Scalar>())
                number.Dispose();
        }
    }
}
