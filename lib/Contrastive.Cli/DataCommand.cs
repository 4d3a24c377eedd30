using System.CommandLine;
using Contrastive.Data;

namespace Contrastive.Cli;

/// <summary><c>contrastive data list|get|verify</c>: real data sets and weights, from the catalog.</summary>
internal static class DataCommand
{
    public static Command Create() => new("data", $"Real data sets and weights: what there is, getting it, checking it ({DataFolder.Variable} names the folder).")
    {
        List(),
        Get(),
        Verify(),
    };

    private static Command List()
    {
        var command = new Command("list", "Show every data set and weight file, and which are in the data folder.");
        command.SetAction(_ =>
        {
            DataList.Write(Terminal.Output, Catalog.Entries, DataFolder.Default);
            return 0;
        });
        return command;
    }

    private static Command Get()
    {
        var names = new Argument<string[]>("name") { Description = "One or more names from 'contrastive data list'.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("get", "Download data sets into the data folder: resumed, checked by SHA-256, unpacked where needed.") { names };
        command.SetAction((result, cancellation) => Failures.Report(async () =>
        {
            using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
            client.DefaultRequestHeaders.UserAgent.ParseAdd("contrastive-notebooks");
            foreach (var entry in result.GetValue(names)!.Select(Catalog.Find).ToList())
            {
                await DataGet.RunAsync(Terminal.Output, entry, DataFolder.Default, new FileDownload(client), cancellation).ConfigureAwait(false);
            }

            return 0;
        }, "Stopped. What was downloaded is kept; run the command again to resume."));
        return command;
    }

    private static Command Verify()
    {
        var name = new Argument<string?>("name") { Description = "A name from 'contrastive data list'; all that are there if left out.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("verify", "Compare the files in the data folder with the catalog's SHA-256.") { name };
        command.SetAction((result, _) => Failures.Report(() => Task.FromResult(
            DataVerify.Run(Terminal.Output, result.GetValue(name) is { } one ? Catalog.Find(one) : null, Catalog.Entries, DataFolder.Default))));
        return command;
    }
}
