using Contrastive.Sampling;
using Contrastive.Tests.Torch;
using Contrastive.Training;
using Contrastive.Weights;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

[Collection(DefaultGeneratorCollection.Name)]
public sealed class CheckpointTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("checkpoint");

    private string Path => System.IO.Path.Combine(_folder.FullName, "run", "checkpoint.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(7, 6)] // in the second of the epochs of five steps, between two checkpoints
    [InlineData(5, 3)] // at the end of an epoch
    [InlineData(9, 9)] // right after a checkpoint, the queue having wrapped
    public async Task A_training_killed_midway_ends_with_the_same_weights_as_one_left_alone(int killedAfter, int lastCheckpoint)
    {
        var stop = TestContext.Current.CancellationToken;
        var (killed, alone) = (_folder.CreateSubdirectory("killed").FullName, _folder.CreateSubdirectory("alone").FullName);
        using var whole = ResumableTraining.Start(alone);
        using var victim = ResumableTraining.Start(killed, stopAfter: killedAfter);
        while (await victim.StandardOutput.ReadLineAsync(stop) is { } line && line != $"step {killedAfter}")
        {
        }

        victim.Kill();
        await victim.WaitForExitAsync(stop);
        Assert.NotEqual(0, victim.ExitCode);
        Assert.False(File.Exists(ResumableTraining.Weights(killed)));

        using var resumed = ResumableTraining.Start(killed);
        var lines = (await resumed.StandardOutput.ReadToEndAsync(stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(lastCheckpoint + 1, ResumableTraining.Steps - lastCheckpoint).Select(step => $"step {step}"), lines);
        await whole.StandardOutput.ReadToEndAsync(stop);
        await whole.WaitForExitAsync(stop);
        Assert.Equal(0, whole.ExitCode);
        Assert.Equal(File.ReadAllBytes(ResumableTraining.Weights(alone)), File.ReadAllBytes(ResumableTraining.Weights(killed)));
    }

    [Fact]
    public void Deals_what_was_left_of_the_epoch_and_refuses_a_sampler_of_other_batches()
    {
        using var scope = NewDisposeScope();
        long[][] Left(ShuffledBatches sampler) => [.. sampler.NextEpoch().Select(batch => batch.data<long>().ToArray())];
        var (module, whole) = (nn.Linear(2, 2), Left(new ShuffledBatches(20, 4, 3)));
        var sampler = new ShuffledBatches(20, 4, 3);
        foreach (var (place, _) in sampler.NextEpoch().Index())
        {
            if (place == 1)
            {
                new Checkpoint(Path).With("module", module).With("batches", sampler).Save(2);
                break;
            }
        }

        var resumed = new ShuffledBatches(20, 4, 3);
        Assert.Equal(2, new Checkpoint(Path).With("module", module).With("batches", resumed).Resume());
        Assert.Equal(new SamplerState(0, 2), resumed.State);
        Assert.Equal(whole[2..], Left(resumed));

        var (other, before) = (new ShuffledBatches(20, 2, 3), module.weight!.detach().clone());
        nn.init.zeros_(module.weight!);
        Assert.Contains("5 batches an epoch, here it deals 10", Refused(new Checkpoint(Path).With("module", module).With("batches", other)));
        Assert.Equal(new SamplerState(0, 0), other.State);
        Assert.False(before.equal(module.weight!).any().item<bool>());
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
