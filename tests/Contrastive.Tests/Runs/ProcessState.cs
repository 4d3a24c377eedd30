using Xunit;

namespace Contrastive.Tests.Runs;

/// <summary>Tests that change process-wide state (environment, application data, console) run one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class ProcessState
{
    public const string Name = "State of the process";
}
