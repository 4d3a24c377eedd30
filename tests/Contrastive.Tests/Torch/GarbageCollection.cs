using Xunit;

namespace Contrastive.Tests.Torch;

/// <summary>
/// Tests that force garbage collections, or allocate hundreds of megabytes, run alone. TorchSharp makes a native number of the double in
/// <c>tensor * 0.5</c> and then forgets it, so a collection may free it while native code reads it: another test then fails with "Unknown
/// scalar type".
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class GarbageCollection
{
    public const string Name = "garbage collection";
}
