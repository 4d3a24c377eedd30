using Contrastive.Tests.Data;
using Contrastive.Tests.Losses;
using Contrastive.Training;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

public sealed class CurvesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Csv => _folder.At("SimCLR.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_number_has_its_own_steps_and_the_file_all_of_them()
    {
        var curves = new Curves(Csv);
        curves.Add(0, ("loss", 4.5), ("kNN", 0.1));
        curves.Add(1, ("loss", double.NaN));
        curves.Add(2, ("loss", 1.0 / 3), ("kNN", 0.25));

        Assert.Equal(["loss", "kNN"], curves.Names);
        Assert.Equal([0, 1, 2], curves["loss"].Steps);
        Assert.Equal([0.1, 0.25], curves["kNN"].Values);
        Assert.Equal([0, 2], curves["kNN"].Steps);
        Assert.Equal(0.175, curves["kNN"].End(20), 12);
        Assert.Equal("step,name,value\n0,loss,4.5\n0,kNN,0.1\n1,loss,NaN\n2,loss,0.3333333333333333\n2,kNN,0.25\n", File.ReadAllText(Csv));
    }

    [Fact]
    public void A_resumed_training_has_the_curves_of_one_that_was_never_stopped()
    {
        Curves Begin(string csv, out Checkpoint checkpoint)
        {
            var curves = new Curves(csv);
            checkpoint = new Checkpoint(_folder.At("training.checkpoint")).With("module", nn.Linear(2, 2)).With("curves", curves);
            return curves;
        }

        using var scope = NewDisposeScope();
        var stopped = Begin(Csv, out var checkpoint);
        stopped.Add(0, ("loss", 3), ("alignment", 1.5));
        stopped.Add(1, ("loss", 2));
        checkpoint.Save(2);
        stopped.Add(2, ("loss", 9)); // is lost: the training is resumed from before

        var resumed = Begin(Csv, out checkpoint);
        Assert.Equal(2, checkpoint.Resume());
        resumed.Add(2, ("loss", 1));
        Assert.Equal([3, 2, 1], resumed["loss"].Values);
        Assert.Equal([0], resumed["alignment"].Steps);
        Assert.Equal(["step,name,value", "0,alignment,1.5", "0,loss,3", "1,loss,2", "2,loss,1"], File.ReadAllLines(Csv).Order().OrderBy(line => line[0] != 's'));
    }

    [Fact]
    public void A_training_that_starts_anew_starts_its_file_anew()
    {
        new Curves(Csv).Add(0, ("loss", 3));
        new Curves(Csv).Add(0, ("loss", 2));
        Assert.Equal("step,name,value\n0,loss,2\n", File.ReadAllText(Csv));
    }

    [Fact]
    public void Bad_input_is_refused_and_nothing_is_noted()
    {
        var curves = new Curves(Csv);
        curves.Add(5, ("loss", 3));
        BadInput.Refused("for step 4 after step 5", () => curves.Add(4, ("kNN", 1), ("loss", 2)));
        BadInput.Refused("'a,b'; expected a name without commas", () => curves.Add(6, ("loss", 2), ("a,b", 2)));
        BadInput.Refused("", () => _ = new Curves(" "));
        Assert.Equal(["loss"], curves.Names);
        Assert.Equal([3], curves["loss"].Values);
        Assert.Contains("there is loss", Assert.Throws<KeyNotFoundException>(() => curves["accuracy"]).Message, StringComparison.Ordinal);
    }
}
