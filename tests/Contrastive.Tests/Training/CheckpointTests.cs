using Contrastive.Data;
using Contrastive.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

[Collection(DefaultGeneratorCollection.Name)]
public sealed class CheckpointTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("checkpoint");

    private string Path => System.IO.Path.Combine(_folder.FullName, "run", "checkpoint.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_training_killed_midway_ends_with_the_same_weights_as_one_left_alone()
    {
        var (killed, alone) = (_folder.CreateSubdirectory("killed").FullName, _folder.CreateSubdirectory("alone").FullName);
        using (var whole = ResumableTraining.Start(alone))
        {
            using var victim = ResumableTraining.Start(killed);
            while (await victim.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && line != "step 7")
            {
            }

            victim.Kill();
            await victim.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.NotEqual(0, victim.ExitCode);
            Assert.False(File.Exists(ResumableTraining.Weights(killed)));

            using var resumed = ResumableTraining.Start(killed);
            var lines = (await resumed.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.InRange(lines.Length, 1, ResumableTraining.Steps - 7);
            await whole.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await whole.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, whole.ExitCode);
        }

        Assert.Equal(File.ReadAllBytes(ResumableTraining.Weights(alone)), File.ReadAllBytes(ResumableTraining.Weights(killed)));
    }

    [Fact]
    public void Starts_at_step_0_without_a_file_and_where_it_was_saved_with_one()
    {
        using var scope = NewDisposeScope();
        var module = nn.Linear(2, 2);
        using var generator = new Generator(1);
        var number = 5L;
        var checkpoint = new Checkpoint(Path).With("module", module).With("views", generator).With("sampler", () => number, value => number = value);
        Assert.Equal(0, checkpoint.Resume());
        checkpoint.Save(41);
        var (weight, next, dropout) = (module.weight!.detach().clone(), rand(1, generator: generator).item<float>(), rand(1).item<float>());
        nn.init.zeros_(module.weight!);
        number = 0;
        Assert.Equal(41, checkpoint.Resume());
        Assert.True(weight.equal(module.weight!).all().item<bool>());
        Assert.Equal(5, number);
        Assert.Equal(next, rand(1, generator: generator).item<float>());
        Assert.Equal(dropout, rand(1).item<float>());
    }

    [Fact]
    public void Notices_a_truncated_file_and_a_damaged_byte()
    {
        var module = nn.Linear(2, 2);
        var checkpoint = new Checkpoint(Path).With("module", module);
        checkpoint.Save(3);
        var bytes = File.ReadAllBytes(Path);
        var before = module.weight!.detach().clone();
        File.WriteAllBytes(Path, bytes[..^1]);
        Assert.Contains("truncated", Assert.Throws<InvalidDataException>(() => checkpoint.Resume()).Message);
        bytes[^3] ^= 4;
        File.WriteAllBytes(Path, bytes);
        Assert.Contains("checksum", Assert.Throws<InvalidDataException>(() => checkpoint.Resume()).Message);
        Assert.True(before.equal(module.weight!).all().item<bool>());
    }

    [Fact]
    public void Changes_nothing_where_the_file_is_of_another_training()
    {
        using var scope = NewDisposeScope();
        new Checkpoint(Path).With("first", nn.Linear(2, 2)).With("second", nn.Linear(2, 2)).Save(3);
        var (first, second) = (nn.Linear(2, 2), nn.Linear(3, 2));
        var before = first.weight!.detach().clone();
        Assert.Contains("'second'", Refused(new Checkpoint(Path).With("first", first).With("second", second)));
        Assert.Contains("'second'", Refused(new Checkpoint(Path).With("first", first)));
        Assert.Contains("'third'", Refused(new Checkpoint(Path).With("first", first).With("second", nn.Linear(2, 2)).With("third", first)));
        Assert.True(before.equal(first.weight!).all().item<bool>());
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["x"] = ones(1) });
        Assert.Contains("not a checkpoint", Refused(new Checkpoint(Path).With("first", first)));
    }

    [Fact]
    public void Refuses_names_that_are_taken_or_have_a_slash_and_negative_steps()
    {
        var checkpoint = new Checkpoint(Path).With("module", nn.Linear(1, 1));
        Assert.Throws<ArgumentException>(() => checkpoint.With("module", nn.Linear(1, 1)));
        Assert.Throws<ArgumentException>(() => checkpoint.With("a/b", nn.Linear(1, 1)));
        Assert.Throws<ArgumentException>(() => checkpoint.With("random", nn.Linear(1, 1)));
        Assert.Throws<ArgumentException>(() => new Checkpoint(" "));
        Assert.Throws<ArgumentOutOfRangeException>(() => checkpoint.Save(-1));
    }

    private static string Refused(Checkpoint checkpoint) => Assert.Throws<InvalidDataException>(() => checkpoint.Resume()).Message;
}
