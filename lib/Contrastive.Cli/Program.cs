using System.CommandLine;
using Contrastive.Cli;
using Contrastive.Cli.Search;

// One file per command; each offers `Create()`.
var root = new RootCommand("Contrastive.Notebooks: contrastive learning in C# notebooks that run from the command line.")
{
    RunCommand.Create(),
    SearchCommand.Create(),
    DataCommand.Create(),
    ResultsCommand.Create(),
    DoctorCommand.Create(),
};

// After Ctrl-C a run still writes what it has: this gives it time to.
var invocation = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(1) };
return await root.Parse(args).InvokeAsync(invocation);
