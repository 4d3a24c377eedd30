using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Contrastive.Augmentation;
using Contrastive.Encoders;
using Contrastive.Losses;
using Contrastive.Sampling;
using Contrastive.Torch;
using Contrastive.Training;
using Contrastive.Weights;
using static TorchSharp.torch;

namespace Contrastive.Tests.Training;

/// <summary>
/// A small MoCo training with everything that has state: momentum encoder, queue, split batch norm, shuffling, dropout, augmentation,
/// sampler. It runs in its own process (this program, told by environment variables before its Main starts), so that it can be killed.
/// </summary>
internal static class ResumableTraining
{
    public const int Steps = 12;
    public const int StepsBetweenCheckpoints = 3;
    private const string Variable = "CONTRASTIVE_TESTS_RESUMABLE_TRAINING";
    private const string StopVariable = "CONTRASTIVE_TESTS_RESUMABLE_TRAINING_STOP";

    private static int StepToStopAt =>
        int.TryParse(Environment.GetEnvironmentVariable(StopVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : -1;

    public static string Weights(string folder) => Path.Combine(folder, "weights.safetensors");

    public static string CheckpointFile(string folder) => Path.Combine(folder, "checkpoint.safetensors");

    /// <summary>Starts the training; it prints each step.</summary>
    /// <param name="folder">Where its checkpoint and, at the end, its weights are saved.</param>
    /// <param name="stopAfter">The step after which it waits to be killed; null to run to the end.</param>
    public static Process Start(string folder, int? stopAfter = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(ResumableTraining).Assembly.Location);
        start.Environment[Variable] = folder;
        start.Environment[StopVariable] = stopAfter?.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

#pragma warning disable CA2255 // Before the test runner's Main.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunIfChild()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
            return;
        Train(folder);
        Environment.Exit(0);
    }

    private static void Train(string folder)
    {
        set_num_threads(1);
        using var seeds = new Seeds(17);
        nn.Module<Tensor, Tensor> Network() => nn.Sequential(
            new SmallResNet(width: 4, batchNormSplits: 2), nn.Dropout(0.2), new ProjectionHead(16, 16, 8, batchNormSplits: 2));
        var network = Network();
        var follower = new MomentumEncoder(network, Network());
        var queue = new MoCoQueue(20, 8, seeds.Generator("queue")); // not a multiple of the batch
        var optimizer = new AdamW(network, 1e-2);
        var schedule = new WarmupCosine(1e-2, Steps, warmupSteps: 3);
        var momentum = new CosineMomentum(0.9, Steps);
        var loss = new InfoNceLoss(temperature: 0.2);
        var pictures = rand([42, 3, 16, 16], generator: seeds.Generator("pictures"));
        var batches = new ShuffledBatches(42, 8, seeds.Seed("batches")); // five batches an epoch, two pictures left out
        var views = new TwoViews(new Compose(new RandomResizedCrop(16), new RandomHorizontalFlip()));
        var checkpoint = new Checkpoint(CheckpointFile(folder))
            .With("network", network).With("follower", follower).With("queue", queue).With("optimizer", optimizer)
            .With("batches", batches).With("seeds", seeds);

        var step = checkpoint.Resume();
        while (step < Steps)
        {
            foreach (var batch in batches.NextEpoch())
            {
                using var scope = NewDisposeScope();
                var (view1, view2) = views.Apply(pictures.index_select(0, batch), seeds.Generator("views"));
                var keys = BatchShuffle.Encode(follower, view2, seeds.Generator("shuffling"));
                var value = loss.Compute(network.call(view1), keys, queue.Keys);
                optimizer.LearningRate = schedule.At(step);
                optimizer.ZeroGradient();
                value.backward();
                optimizer.Step();
                follower.Momentum = momentum.At(step);
                follower.Update();
                queue.Enqueue(keys);
                if (++step % StepsBetweenCheckpoints == 0)
                    checkpoint.Save(step);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"step {step}"));
                if (step == StepToStopAt)
                    Thread.Sleep(Timeout.Infinite);
                if (step == Steps)
                    break;
            }
        }

        SafeTensors.Write(Weights(folder), network.state_dict().Concat(follower.state_dict()).Concat(queue.state_dict()).ToDictionary());
    }
}
