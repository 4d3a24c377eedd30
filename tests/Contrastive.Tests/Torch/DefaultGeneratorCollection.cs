using Xunit;

namespace Contrastive.Tests.Torch;

/// <summary>Tests whose result depends on torch's default generator, which the whole process shares: they run alone.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public class DefaultGeneratorCollection
{
    public const string Name = "torch's default generator";
}
